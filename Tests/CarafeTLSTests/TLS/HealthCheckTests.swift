import Carafe
import CarafeTLS
import CarafeTesting
import Testing

@Suite struct HealthCheckTests {
    @Test("the command healthcheck asks over TLS where there is a certificate, for whatever host it is")
    func overTLS() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
            $0.get("/livez") { request in
                guard request.isSecure else { throw Abort(.notFound) }
                return "fine"
            }
        } then: { served in
            let app = App("asking", root: "/tmp", staticFolder: nil, templateFolder: nil, environment: .none)
            app.install(TLS())
            let result = try await app.runCommand([
                "healthcheck", "--port", "\(served.port)", "--cert", "adhoc", "--path", "/livez",
            ])
            #expect(result.exitCode == 0, "\(result.errorOutput)")
            #expect(result.output.contains("https://127.0.0.1:\(served.port)/livez: 200\n"))
        }
    }
}
