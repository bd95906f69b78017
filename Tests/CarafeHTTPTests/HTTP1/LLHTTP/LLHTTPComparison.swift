@testable import CarafeHTTP

/// Compares what Carafe and llhttp make of the same bytes.
///
/// What Carafe reads, llhttp must read the same, unless it does not read it for an ``LLHTTPException``. Carafe may
/// refuse what llhttp reads, for one of the ``stricterRules``.
struct LLHTTPComparison {
    /// How many inputs Carafe read a message of.
    private(set) var accepted = 0
    /// The first inputs that the two read differently, with the difference.
    private(set) var differences: [String] = []
    /// The exceptions that were met.
    private(set) var exceptions: Set<LLHTTPException> = []
    /// The rules for which Carafe refused what llhttp reads.
    private(set) var stricter: Set<HTTP1Error.Rule> = []

    mutating func compare(_ input: [UInt8]) {
        let ours = ComparedReading(carafe: input)
        let theirs = ComparedReading(llhttp: input)
        if !ours.messages.isEmpty { accepted += 1 }
        if let rule = ours.error?.rule, !theirs.isRefused || theirs.messages.count > ours.messages.count {
            stricter.insert(rule)
        }
        guard let difference = difference(ours, theirs, input), differences.count < 5 else { return }
        differences.append("\(difference): \(RawRequest.text(input).debugDescription)")
    }

    /// What is different, nil where nothing is or an exception explains it.
    private mutating func difference(
        _ ours: ComparedReading, _ theirs: ComparedReading, _ input: [UInt8]
    ) -> String? {
        for (index, message) in ours.messages.enumerated() {
            guard index < theirs.messages.count else {
                // One that it did not read ends the connection for those behind it.
                let explained = ours.messages[...index].lazy.compactMap { LLHTTPException($0, in: input) }
                guard let exception = explained.first else { return "llhttp refuses \(message)" }
                exceptions.insert(exception)
                return nil
            }
            let other = theirs.messages[index].withoutTrailers(absentFrom: message)
            if message != other { return "llhttp reads \(other), not \(message)" }
        }
        let isMore = theirs.messages.count > ours.messages.count && !ours.isRefused && !ours.isOver
        return isMore ? "llhttp reads one message more" : nil
    }

    /// The rules that llhttp does not have, or does not have everywhere.
    static let stricterRules: Set<HTTP1Error.Rule> = [
        .bareCarriageReturn, .bareLineFeed, .chunkExtension, .chunkSize, .connectContent, .contentLength, .expectation,
        .host, .hostMissing, .hostRepeated, .methodOfOtherProtocol, .requestLine, .targetAuthority, .targetCharacter,
        .targetEncoding, .targetForm, .targetScheme, .tooManyEmptyLines, .transferCoding, .transferEncoding,
        .transferEncodingInHTTP10, .version,
    ]
}

extension ComparedMessage {
    /// Without the trailers that the other left out.
    func withoutTrailers(absentFrom other: ComparedMessage) -> ComparedMessage {
        var message = self
        message.trailers = trailers.filter { other.trailers.contains($0) }
        return message
    }
}
