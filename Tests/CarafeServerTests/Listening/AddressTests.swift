import CarafeServer
import NIOCore
import Testing

@testable import CarafeServer

@Suite struct AddressTests {
    typealias Address = ServerConfiguration.Address

    @Test(
        "an address is read as the command line has it",
        arguments: [
            ("127.0.0.1:8000", .hostname("127.0.0.1", port: 8000)), ("localhost:0", .hostname("localhost", port: 0)),
            (":65535", .hostname("0.0.0.0", port: 65535)), ("[::1]:80", .hostname("::1", port: 80)),
            ("unix:/run/app.sock", .unixSocket(path: "/run/app.sock")),
            ("unix:app.sock", .unixSocket(path: "app.sock")),
        ] as [(String, Address)])
    func address(text: String, address: Address) { #expect(Address(text) == address) }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "8000", "host", "host:", "host:65536", "host:-1", "host:+1", "host:1e3", "::1:80", "[::1]", "[]:1",
            "[1.2.3.4]:1", "unix:",
        ])
    func nonsense(text: String) { #expect(Address(text) == nil) }

    @Test(
        "a network has the addresses that begin as it does",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false), ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false), ("192.0.2.128/25", "192.0.2.129", true),
            ("192.0.2.128/25", "192.0.2.127", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("10.0.0.0/8", "::ffff:11.1.2.3", false), ("::/0", "::1", true),
        ])
    func network(network: String, address: String, isInside: Bool) throws {
        let network = try #require(PeerNetwork(network))
        #expect(network.contains(try SocketAddress(ipAddress: address, port: 1)) == isInside)
    }

    @Test(
        "what is no network is refused, with what would be right",
        arguments: ["", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "a.test", "10.0.0.0/+8"])
    func noNetwork(text: String) {
        let error = #expect(throws: ServerError.self) { try ProxyProtocol(from: ["127.0.0.1", text]) }
        #expect(error?.message == "'\(text)' is neither an address nor a network.")
        #expect(error?.hint.contains("10.0.0.0/8") == true)
    }
}
