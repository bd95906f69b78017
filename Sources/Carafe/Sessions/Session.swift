public import CarafeSigning
public import FoundationEssentials
import Synchronization

/// What an app remembers of a client from one request to the next, signed in a cookie or kept in a store.
///
/// ```swift
/// request.session["user_id"] = user.id
/// let id: Int? = request.session["user_id"]
/// request.session.clear()
/// ```
///
/// Reading it makes the response vary by cookie; changing it, at any depth, saves it.
public final class Session: Sendable {
    private struct State {
        var values: SessionObject
        var isAccessed = false
        var isModified = false
        var id: String?
        /// The id that the session had before it was given a new one.
        var formerID: String?
    }

    private let state: Mutex<State>

    /// Whether the request came without a session.
    public let isNew: Bool

    /// Whether sessions can be written: they cannot where the app has no secret key.
    let isAvailable: Bool

    init(_ values: SessionObject, isNew: Bool, isAvailable: Bool = true, id: String? = nil) {
        state = Mutex(State(values: values, id: id))
        self.isNew = isNew
        self.isAvailable = isAvailable
    }

    /// The value of a key; setting nil removes it.
    public subscript(key: String) -> SessionValue? {
        get { read { $0[key] } }
        set { set(key, newValue) }
    }

    /// The value of a key as a type of its own; nil where there is none or it is of another type.
    public subscript<Value: SessionValueConvertible>(key: String) -> Value? {
        get { read { $0[key] }.flatMap(Value.init(sessionValue:)) }
        set {
            set(key, newValue?.sessionValue)
        }
    }

    /// Every key, in the order in which they were set.
    public var keys: [String] { read { $0.keys } }

    /// How many values there are.
    public var count: Int { read { $0.count } }

    /// Whether there is no value.
    public var isEmpty: Bool { read { $0.isEmpty } }

    /// Whether a key has a value.
    public func contains(_ key: String) -> Bool { read { $0[key] != nil } }

    /// Takes a value out and returns it (Python's `pop`).
    @discardableResult
    public func remove(_ key: String) -> SessionValue? {
        state.withLock { state in
            state.isAccessed = true
            guard let value = state.values.removeValue(forKey: key) else { return nil }
            state.isModified = true
            return value
        }
    }

    /// Removes every value, which ends the session.
    public func clear() { write { $0 = SessionObject() } }

    /// Whether the session outlives the browser, for as long as the configuration says
    /// (`PERMANENT_SESSION_LIFETIME`).
    public var isPermanent: Bool {
        get { read { $0["_permanent"]?.bool ?? false } }
        set { write { $0["_permanent"] = .bool(newValue) } }
    }

    /// Gives a session that is kept in a store a new id, as one does at a login, so that an id that somebody else
    /// has planted is worth nothing; the store forgets the old one. A session in a cookie has no id.
    public func regenerateID() {
        state.withLock { state in
            state.isModified = true
            state.formerID = state.formerID ?? state.id
            state.id = nil
        }
    }

    /// All values.
    public var values: SessionObject {
        get { read { $0 } }
        set { write { $0 = newValue } }
    }

    // MARK: - What the end of the request asks

    var isAccessed: Bool { state.withLock { $0.isAccessed } }
    var isModified: Bool { state.withLock { $0.isModified } }
    var id: String? { state.withLock { $0.id } }
    /// The id that the store must forget.
    var formerID: String? { state.withLock { $0.formerID } }
    /// The values, without counting as a reader.
    var snapshot: SessionObject { state.withLock { $0.values } }

    private func set(_ key: String, _ value: SessionValue?) {
        if let value { write { $0[key] = value } } else { remove(key) }
    }

    private func read<Result>(_ body: (SessionObject) -> Result) -> Result {
        state.withLock { state in
            state.isAccessed = true
            return body(state.values)
        }
    }

    /// Changes the values, as one step for other tasks that use the session.
    @discardableResult
    func write<Result>(_ body: (inout SessionObject) -> Result) -> Result {
        state.withLock { state in
            state.isAccessed = true
            state.isModified = true
            return body(&state.values)
        }
    }
}

/// A session was written to although the app has no secret key to sign it with.
struct SessionUnavailable: Error, CustomStringConvertible {
    let description = """
        The session is unavailable because no secret key was set. Set app.config.secretKey or CARAFE_SECRET_KEY to \
        something long, random and secret.
        """
}

extension Session: HandlerParameter {
    /// The request's own.
    public static var source: ParameterSource { .session }

    /// The request's session.
    public static func extract(from input: inout HandlerInput) -> Self {
        // `Session` is final: Self can be nothing else.
        unsafeDowncast(input.request.session, to: Self.self)
    }
}

extension Session: ContentParameter {}

/// A type whose values a session can keep.
public protocol SessionValueConvertible {
    /// The value that this stands for; nil where it is of another type.
    init?(sessionValue: SessionValue)
    /// This as a session's value.
    var sessionValue: SessionValue { get }
}

extension Int: SessionValueConvertible {
    /// An integer.
    public init?(sessionValue: SessionValue) {
        guard let value = sessionValue.int else { return nil }
        self = value
    }
    /// An integer.
    public var sessionValue: SessionValue { .int(self) }
}

extension Bool: SessionValueConvertible {
    /// A truth value.
    public init?(sessionValue: SessionValue) {
        guard let value = sessionValue.bool else { return nil }
        self = value
    }
    /// A truth value.
    public var sessionValue: SessionValue { .bool(self) }
}

extension Double: SessionValueConvertible {
    /// A number.
    public init?(sessionValue: SessionValue) {
        guard let value = sessionValue.double else { return nil }
        self = value
    }
    /// A number.
    public var sessionValue: SessionValue { .double(self) }
}

extension String: SessionValueConvertible {
    /// Text.
    public init?(sessionValue: SessionValue) {
        guard let value = sessionValue.string else { return nil }
        self = value
    }
    /// Text.
    public var sessionValue: SessionValue { .string(self) }
}

extension UUID: SessionValueConvertible {
    /// A UUID.
    public init?(sessionValue: SessionValue) {
        guard case .uuid(let value) = sessionValue else { return nil }
        self = value
    }
    /// A UUID.
    public var sessionValue: SessionValue { .uuid(self) }
}

extension Date: SessionValueConvertible {
    /// A moment, to the second.
    public init?(sessionValue: SessionValue) {
        guard case .datetime(let value) = sessionValue else { return nil }
        self = value
    }
    /// A moment, to the second.
    public var sessionValue: SessionValue { .datetime(self) }
}

extension Array: SessionValueConvertible where Element: SessionValueConvertible {
    /// A list of such values.
    public init?(sessionValue: SessionValue) {
        guard let values = sessionValue.array else { return nil }
        self = []
        for value in values {
            guard let element = Element(sessionValue: value) else { return nil }
            append(element)
        }
    }
    /// A list of such values.
    public var sessionValue: SessionValue { .array(map(\.sessionValue)) }
}

extension Dictionary: SessionValueConvertible where Key == String, Value: SessionValueConvertible {
    /// An object of such values.
    public init?(sessionValue: SessionValue) {
        guard case .object(let object) = sessionValue else { return nil }
        self = [:]
        for (key, value) in object {
            guard let element = Value(sessionValue: value) else { return nil }
            self[key] = element
        }
    }
    /// An object of such values, its keys sorted.
    public var sessionValue: SessionValue {
        .object(SessionObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.sessionValue) }))
    }
}
