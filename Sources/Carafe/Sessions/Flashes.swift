public import CarafeHTTP
import CarafeSigning
import Synchronization

/// A message that is shown on the next page.
public struct FlashedMessage: Sendable, Hashable {
    /// What kind of message it is; `message` unless told.
    public let category: String
    /// The text.
    public let text: String

    /// A message.
    public init(_ text: String, category: String = "message") {
        self.category = category
        self.text = text
    }
}

extension Session {
    /// Where the messages are kept, under Flask's name.
    private static let flashesKey = "_flashes"

    /// The messages that wait to be shown.
    package var flashes: [FlashedMessage] { Self.messages(in: self[Self.flashesKey]) }

    fileprivate func append(_ message: FlashedMessage) {
        write { values in
            var flashes = values[Self.flashesKey]?.array ?? []
            flashes.append(.tuple([.string(message.category), .string(message.text)]))
            values[Self.flashesKey] = .array(flashes)
        }
    }

    fileprivate func takeFlashes() -> [FlashedMessage] {
        guard contains(Self.flashesKey) else { return [] }
        return Self.messages(in: remove(Self.flashesKey))
    }

    private static func messages(in value: SessionValue?) -> [FlashedMessage] {
        (value?.array ?? []).compactMap { flash in
            guard let pair = flash.array, pair.count == 2, let category = pair[0].string, let text = pair[1].string
            else { return nil }
            return FlashedMessage(text, category: category)
        }
    }
}

extension Request {
    /// Keeps a message for the next page that asks for messages, in this request or a later one.
    public func flash(_ message: String, category: String = "message") {
        session.append(FlashedMessage(message, category: category))
        appContext?.app.signals.messageFlashed.send(
            Signals.Flashed(request: self, message: message, category: category))
    }

    /// The messages that wait to be shown, those of some categories only where any are named. They are taken out of
    /// the session; asking again in the same request gives the same.
    public func flashedMessages(categories: [String] = []) -> [FlashedMessage] {
        let known = appContext?.state.withLock { $0.flashes }
        let messages = known ?? session.takeFlashes()
        if known == nil { appContext?.state.withLock { $0.flashes = messages } }
        return categories.isEmpty ? messages : messages.filter { categories.contains($0.category) }
    }
}
