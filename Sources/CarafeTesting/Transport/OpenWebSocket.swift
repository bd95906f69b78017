import Carafe

/// What an app answers to a handshake.
enum WebSocketAnswer: Sendable {
    case opened(OpenWebSocket)
    case refused(IncomingResponse)
}

/// A client's end of a WebSocket.
struct OpenWebSocket: Sendable {
    let socket: WebSocket
    /// The fields of the response.
    let headers: Headers
    /// Breaks the connection off.
    let disconnect: @Sendable () async -> Void
    /// Waits until the app has done with it.
    let finish: @Sendable () async -> Void

    /// Closes the socket, with a word where that can be said within a second.
    func end() async {
        let impatience = Task { [disconnect] in
            try await Task.sleep(for: .seconds(1))
            await disconnect()
        }
        await socket.close()
        impatience.cancel()
        await disconnect()
        await finish()
    }
}
