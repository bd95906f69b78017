public import CarafeHTTP
public import HTTPTypes

/// Turns an error into a response.
struct ErrorHandler: Sendable {
    /// What it is for.
    enum Subject: Sendable {
        /// A status, whatever error it came from.
        case status(Int)
        /// A type of errors; `matches` tells whether an error is one, `isExact` whether it is that very type.
        case type(matches: @Sendable (any Error) -> Bool, isExact: @Sendable (any Error) -> Bool)
    }

    enum Work: Sendable {
        case sync(@Sendable (Request, any Error) throws -> Response)
        case async(@Sendable (Request, any Error) async throws -> Response)
    }

    let subject: Subject
    let work: Work

    /// Finds the handler for an error: one for its status in the innermost scope that has one, else one for its type,
    /// scope by scope, the exact type before a type that it also is, the earlier registered before the later.
    static func find(for error: any Error, status: Int, in scopes: [[ErrorHandler]]) -> ErrorHandler? {
        for scope in scopes {
            for handler in scope {
                if case .status(status) = handler.subject { return handler }
            }
        }
        for scope in scopes {
            var general: ErrorHandler?
            for handler in scope {
                guard case .type(let matches, let isExact) = handler.subject, matches(error) else { continue }
                if isExact(error) { return handler }
                general = general ?? handler
            }
            if let general { return general }
        }
        return nil
    }
}

extension Scaffold {
    /// Makes the response for errors of a status: those that handlers throw and those that routing finds.
    ///
    /// ```swift
    /// app.onError(.notFound) { request, error in HTML("<h1>Nothing here</h1>").status(.notFound) }
    /// ```
    ///
    /// A blueprint's handler sees its own routes' errors, and the 404 and 405 of paths below its prefix. For 500 it
    /// gets whatever error no other handler took.
    public func onError<R: ResponseConvertible>(
        _ status: HTTPResponse.Status, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (Request, any Error) throws -> R
    ) {
        add(fileID, line, .status(status.code), .sync { try handler($0, $1).response(for: $0) })
    }

    /// Makes the response for errors of a status.
    public func onError<R: ResponseConvertible>(
        _ status: HTTPResponse.Status, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (Request, any Error) async throws -> R
    ) {
        add(fileID, line, .status(status.code), .async { try await handler($0, $1).response(for: $0) })
    }

    /// Makes the response for errors of a type; `(any Error).self` takes every error, HTTP errors included.
    public func onError<E, R: ResponseConvertible>(
        _ type: E.Type, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (Request, E) throws -> R
    ) {
        add(
            fileID, line, Self.subject(type),
            .sync { request, error in
                guard let error = error as? E else { throw error }
                return try handler(request, error).response(for: request)
            })
    }

    /// Makes the response for errors of a type.
    public func onError<E, R: ResponseConvertible>(
        _ type: E.Type, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (Request, E) async throws -> R
    ) {
        add(
            fileID, line, Self.subject(type),
            .async { request, error in
                guard let error = error as? E else { throw error }
                return try await handler(request, error).response(for: request)
            })
    }

    private static func subject<E>(_ type: E.Type) -> ErrorHandler.Subject {
        .type(matches: { $0 is E }, isExact: { Swift.type(of: $0) == E.self })
    }

    private func add(_ fileID: String, _ line: Int, _ subject: ErrorHandler.Subject, _ work: ErrorHandler.Work) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) {
            $0.errorHandlers.append(ErrorHandler(subject: subject, work: work))
        }
    }
}
