import CarafeHTTP

extension Request {
    /// Runs a socket's handler in the request's context, and closes the socket as its end demands.
    nonisolated(nonsending) func serve(_ socket: WebSocket, _ handler: @Sendable () async throws -> Void) async {
        do {
            try await CurrentRequest.$request.withValue(self) { try await handler() }
            socket.beginClosing(.normal)
        } catch {
            let (code, reason) = closing(for: error)
            socket.beginClosing(code, reason)
        }
    }

    /// What the client is told of an error. What it did wrong itself is no error of the app's, nor is that it has gone.
    private func closing(for error: any Error) -> (WebSocketCloseCode, String) {
        switch error {
        case is WebSocketClosed: return (.normal, "")
        case is CancellationError where Task.isCancelled: return (.goingAway, "")
        case let error as JSONDecodingError: return (.invalidData, error.message)
        case let error as any HTTPError where error.status.code < 500: return (.policyViolation, error.detail)
        default:
            if let context = appContext { _ = context.app.reportUnexpected(error, self, context) }
            return (.internalError, "")
        }
    }
}
