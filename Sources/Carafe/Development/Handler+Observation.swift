import CarafeHTTP

extension Handler {
    /// The same handler, whose beginning and end the development tools are told of.
    func observed(by tools: any DevelopmentTools) -> Handler {
        switch work {
        case .sync(let call):
            Handler(
                types,
                work: .sync { input in
                    tools.handlerBegins(for: input.request)
                    defer { tools.handlerEnds(for: input.request) }
                    return try call(input)
                })
        case .async(let call):
            Handler(
                types,
                work: .async { input in
                    tools.handlerBegins(for: input.request)
                    defer { tools.handlerEnds(for: input.request) }
                    return try await call(input)
                })
        }
    }
}
