/// A parser, and what must hold whatever bytes it is given: that it does not trap, and its own promise.
public struct FuzzEntry: Sendable {
    /// The name on the command line of `scripts/fuzz`.
    public let name: String
    /// Inputs to begin with, which reach most of the parser; one byte for each scalar.
    public let seeds: [[UInt8]]
    /// Parses bytes; the promise that was broken, nil where none was.
    public let run: @Sendable ([UInt8]) -> String?

    init(_ name: String, seeds: [String], run: @escaping @Sendable ([UInt8]) -> String?) {
        self.name = name
        self.seeds = seeds.map { $0.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
        self.run = run
    }

    /// An entry for a parser of text, which gets the bytes as repaired UTF-8, as the framework hands them on.
    init(text name: String, seeds: [String], run: @escaping @Sendable (String) -> String?) {
        self.init(name, seeds: seeds) { run(String(decoding: $0, as: UTF8.self)) }
    }

    /// Every parser that reads what comes from outside.
    public static let all: [FuzzEntry] = [
        http1Requests, http1Responses, chunkedContent, multipart, urlEncodedForms, queryStrings, cookies, setCookies,
        accept, ranges,
        dates, entityTags, cacheControl, options, authorization, wwwAuthenticate, json, routingRules, routingPaths,
        sessionCookies, compressedPayloads, dotEnv, templates, sandboxedTemplates, templateExpressions, webSocketFrames,
        webSocketDeflate, proxyHeaders,
    ]
}
