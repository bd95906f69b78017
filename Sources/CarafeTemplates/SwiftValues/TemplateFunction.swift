/// A function of the program that templates call.
///
/// ```swift
/// ["asset": TemplateFunction("asset", parameters: ["path"]) { (path: String) in "/static/\(path)?v=\(version)" },
///  "count": TemplateFunction("count") { (word: String, texts: [String]?) in … },
///  "user": TemplateFunction("user", async: { (id: Int) in try await User.find(id) }),
///  "all": TemplateFunction("all") { (arguments, context) in .int(arguments.positional.count) }]
/// ```
///
/// Calls with a wrong number or wrong types of arguments are errors in Python's words. Parameters that are optional may be left
/// out; names in `parameters` allow calls by name: `asset(path="logo.svg")`.
public final class TemplateFunction: TemplateObject, TemplateValueConvertible {
    /// What messages call the function.
    public let name: String
    /// Whether sandboxed templates may call it.
    public let isSafeToCall: Bool
    private let body: @Sendable (TemplateArguments, TemplateContext) throws -> TemplateValue

    /// A function that reads its arguments itself.
    ///
    /// - Parameters:
    ///   - name: what messages call the function
    ///   - isSafeToCall: false: sandboxed templates must not call it
    public init(
        _ name: String = "function", isSafeToCall: Bool = true,
        _ body: @escaping @Sendable (TemplateArguments, TemplateContext) throws -> TemplateValue
    ) {
        self.name = name
        self.isSafeToCall = isSafeToCall
        self.body = body
    }

    /// A function of typed parameters.
    ///
    /// - Parameters:
    ///   - name: what messages call the function
    ///   - parameters: the names of the parameters, for calls by name; none: calls are by position only
    ///   - isSafeToCall: false: sandboxed templates must not call it
    @_disfavoredOverload
    public convenience init<each Parameter: TemplateValueDecodable, Value: Encodable & Sendable>(
        _ name: String = "function", parameters: [String] = [], isSafeToCall: Bool = true,
        _ body: @escaping @Sendable (repeat each Parameter) throws -> Value
    ) {
        let signature = FunctionSignature((repeat (each Parameter).self), name: name, names: parameters)
        self.init(name, isSafeToCall: isSafeToCall) { arguments, _ in
            var values = try signature.bind(arguments)
            return try TemplateValue(converting: try body(repeat try values.next((each Parameter).self)))
        }
    }

    /// An asynchronous function of typed parameters, for renders that may wait.
    ///
    /// It runs in the task that renders, with its task-local values and cancellation. A render that may not wait throws where it
    /// calls the function.
    public convenience init<each Parameter: TemplateValueDecodable, Value: Encodable & Sendable>(
        _ name: String = "function", parameters: [String] = [], isSafeToCall: Bool = true,
        async body: @escaping @Sendable (repeat each Parameter) async throws -> Value
    ) {
        let signature = FunctionSignature((repeat (each Parameter).self), name: name, names: parameters)
        self.init(name, isSafeToCall: isSafeToCall) { arguments, _ in
            var values = try signature.bind(arguments)
            let decoded = (repeat try values.next((each Parameter).self))
            let value = try AsyncBridge.wait(for: { try await body(repeat each decoded) }, name: "\(name)()")
            return try TemplateValue(converting: value)
        }
    }

    /// An asynchronous function that reads its arguments itself.
    package convenience init(
        _ name: String, isSafeToCall: Bool = true,
        reading body: @escaping @Sendable (TemplateArguments) async throws -> TemplateValue
    ) {
        self.init(name, isSafeToCall: isSafeToCall) { arguments, _ in
            try AsyncBridge.wait(for: { try await body(arguments) }, name: "\(name)()")
        }
    }

    /// The name of the type.
    public var typeName: String { "function" }
    /// What lists that hold it print.
    public var representation: String { "<function \(name)>" }
    /// Always true.
    public var isTrue: Bool { true }
    /// Always true.
    public var isCallable: Bool { true }

    /// Calls the function.
    public func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try TemplateError.wrapping { try body(arguments, context) }
    }

    /// `__name__`.
    public func attribute(_ name: String) -> TemplateValue? {
        guard name.utf8.elementsEqual("__name__".utf8) else { return nil }
        return .string(self.name)
    }
}
