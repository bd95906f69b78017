import Carafe
import CarafeTLS

// What is measured of whole services: a short text, 64 KiB, and a WebSocket that sends back what it gets. Over TLS where
// CARAFE_RUN_CERT names a certificate, else with HTTP/2 for clients that know it beforehand.

let app = App()
if app.config.runCertificate == nil {
    app.install(HTTP2())
} else {
    app.install(TLS())
}

let large = String(repeating: "x", count: 64 * 1024)

app.get("/") { "Hello, World!" }

app.get("/large") { large }

app.webSocket("/echo") { (socket: WebSocket) in
    for try await message in socket {
        try await socket.send(message)
    }
}

await app.main()
