import Foundation

/// Something that was asked at a control socket.
struct Question {
    private let socket: RawSocket

    /// - Throws: where nobody listens
    init(_ command: String, at path: String) throws {
        socket = try RawSocket(path: path)
        socket.send(command + "\n")
    }

    /// Waits for the answer.
    func receive() throws -> Answer {
        var bytes: [UInt8] = []
        while case let more = socket.receive(), !more.isEmpty { bytes += more }
        return try JSONDecoder().decode(Answer.self, from: Data(bytes))
    }
}

/// What a control socket answers.
struct Answer: Decodable {
    var ok: Bool
    var message: String?
    var status: Status?
}

/// How a service fares.
struct Status: Decodable {
    var state: String
    var process: pid_t
    var wanted: Int
    var reloads: Int
    var deaths: Int
    var addresses: [String]
    var workers: [Worker]

    struct Worker: Decodable {
        var number: Int
        var process: pid_t?
        var state: String
        var connections: Int
        var served: Int
        var memory: Int?
    }

    /// The memory of all workers in bytes.
    var memory: Int { workers.compactMap(\.memory).reduce(0, +) }
}
