import Carafe
import FoundationEssentials

// The app that `carafe new` makes, built beforehand: with it, the development server is tested without a compiler. What an
// edit of its source would change, the file beside the executable says.

let app = App("edited", environment: .process)
let answer =
    CommandLine.arguments.first.flatMap { FileManager.default.contents(atPath: $0 + ".answer") }
    .map { String(decoding: $0, as: UTF8.self) } ?? ""

app.get("/", name: "index") { request in
    let name: String? = request.session["name"]
    return try render("index.html", ["name": name])
}
app.post("/greet", name: "greet") { redirect(to: "/") }
struct CardRefused: Error { var again: Bool }
if !answer.isEmpty {
    app.get("/edit") {
        // What the test writes for an error, and for a mistake that ends the process.
        if answer.contains("throw ") { throw CardRefused(again: answer.contains("again: true")) }
        if answer.contains("[1, 2]") { return HTML("\([1, 2][answer.utf8.count])") }
        return HTML(raw: answer)
    }
}

await app.main()
