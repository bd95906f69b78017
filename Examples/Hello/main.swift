import Carafe

// The smallest services: text, the same from an asynchronous handler, and JSON from a typed path variable.

struct User: Encodable {
    var id: Int
    var name: String
}

let app = App()

app.get("/") { "Hello, World!" }

app.get("/async") { () async in "Hello, World!" }

app.get("/user/<int:id>") { (id: Int) in User(id: id, name: "carafe") }

await app.main()
