// Times CarafeTemplates on the two benchmark templates of the folder that is given, beside Swift that writes the same by hand.
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
let tableTemplate = try environment.template("table.html")
if CommandLine.arguments.contains("--print") {
    print(try tableTemplate.render(values: tableValues))
} else {
    report("table.html", try time { _ = try tableTemplate.render(values: tableValues) })
    report("table.html to bytes", try time { _ = try tableTemplate.renderBytes(values: tableValues) })
    let pageTemplate = try? environment.template("page.html")
    if let pageTemplate { report("page.html", try time { _ = try pageTemplate.render(values: pageValues) }) }
}
