// Times CarafeTemplates on the two benchmark templates of the folder that is given, beside Swift that writes table.html by hand.
import CarafeTemplates
import Glibc

/// Microseconds of one call, after a first that is not counted.
func time(_ body: () throws -> Void) rethrows -> Double {
    try body()
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    while clock.now - start < .seconds(1) {
        try body()
        count += 1
    }
    return (clock.now - start) / .microseconds(1) / Double(count)
}

/// Prints one figure.
func report(_ name: String, _ microseconds: Double) {
    print(name, (microseconds * 10).rounded() / 10, "us")
}

let folder = CommandLine.arguments.dropFirst().first ?? "."
func source(_ name: String) throws -> String {
    guard let file = fopen("\(folder)/\(name)", "r") else { throw TemplateError(.notFound, name) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
}

let table: [[String]] = (0..<1000).map { row in (0..<10).map { $0 == 0 ? "<b>&" : "r\(row)c\($0)" } }
let text = String(repeating: "Lorem ipsum dolor sit amet & consectetur <i>adipiscing</i> elit. ", count: 5)
let tableValues: [String: TemplateValue] = [
    "table": .list(TemplateList(table.map { .list(TemplateList($0.map { .string($0) })) }))
]
let posts: [TemplateValue] = (0..<20).map { id in
    [
        "id": .int(id), "title": .string("post number \(id)"), "username": "ada", "created": "2026-11-20",
        "author_id": .int(id % 3), "body": .string(text), "tags": ["swift", "flask & jinja", "c++"],
    ]
}
let pageValues: [String: TemplateValue] = [
    "posts": .list(TemplateList(posts)), "user": ["id": 1, "username": "ada <l>"], "messages": ["saved & done"],
]

var options = TemplateOptions()
options.autoescape = .always
let environment = TemplateEnvironment(
    loader: DictLoader([
        "layout.html": try source("layout.html"), "page.html": try source("page.html"),
        "table.html": try source("table.html"),
    ]), options: options)

/// What `table.html` prints, as a program without templates would write it.
func handWrittenTable(_ table: [[String]]) -> String {
    var html = "<table>\n"
    for (index, row) in table.enumerated() {
        html += "\n  <tr class=\"\(index % 2 == 0 ? "odd" : "even")\">"
        for cell in row {
            html += "<td>"
            appendEscaped(cell, to: &html)
            html += "</td>"
        }
        html += "</tr>\n"
    }
    html += "\n</table>"
    return html
}

func appendEscaped(_ text: String, to html: inout String) {
    let isPlain = text.utf8.allSatisfy { byte in
        byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
            && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
    }
    if isPlain { return html += text }
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": html += "&amp;"
        case "<": html += "&lt;"
        case ">": html += "&gt;"
        case "\"": html += "&#34;"
        case "'": html += "&#39;"
        default: html.unicodeScalars.append(scalar)
        }
    }
}

/// A row as programs have them.
struct Row: Encodable {
    var id: Int
    var name: String
    var price: Double
    var isNew: Bool
}

let tableTemplate = try environment.template("table.html")
if CommandLine.arguments.contains("--print") {
    print(try tableTemplate.render(values: tableValues))
} else {
    report("table.html", try time { _ = try tableTemplate.render(values: tableValues) })
    guard try tableTemplate.render(values: tableValues) == handWrittenTable(table) else {
        throw TemplateError(.runtime, "the hand-written table.html is not the one that the template prints")
    }
    report("table.html by hand", time { _ = handWrittenTable(table) })
    report("table.html to bytes", try time { _ = try tableTemplate.renderBytes(values: tableValues) })
    let pageTemplate = try? environment.template("page.html")
    if let pageTemplate { report("page.html", try time { _ = try pageTemplate.render(values: pageValues) }) }
    let rows = (0..<10_000).map { Row(id: $0, name: "row <\($0)>", price: Double($0) / 8, isNew: $0 % 2 == 0) }
    let rowsTemplate = try environment.template(
        source: "{% for row in rows %}{{ row.id }}{{ row.name }}{{ row.price }}{{ row.isNew }}{% endfor %}")
    report("an Encodable row", try time { _ = try rowsTemplate.render(["rows": rows]) } / 10_000)
}
