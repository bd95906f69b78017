/// What templates that are not trusted may do: the rules of Jinja's `SandboxedEnvironment` and `ImmutableSandboxedEnvironment`.
///
/// Much of what Jinja must forbid does not exist here: values have the attributes that Carafe gives them and no others, so no
/// path leads from a string to its class and on to the modules of the program. What remains are the names that start with an
/// underscore, functions that say of themselves that they are not for templates, and changes of lists and dictionaries.
struct SandboxPolicy: Sendable {
    let mode: TemplateOptions.Sandbox

    /// The rules of `mode`.
    init(_ mode: TemplateOptions.Sandbox) { self.mode = mode }

    /// Whether the template may read the attribute `name`, which the value has. Jinja's `is_safe_attribute`.
    @inline(__always)
    func isSafeAttribute(_ value: TemplateValue, _ name: String) -> Bool {
        switch mode {
        case .none: true
        case .sandboxed: name.utf8.first != UInt8(ascii: "_")
        case .immutable, .inspecting: name.utf8.first != UInt8(ascii: "_") && !Self.modifies(value, name)
        }
    }

    /// Whether the template may call `value`. Jinja's `is_safe_callable`.
    @inline(__always)
    func isSafeCallable(_ value: TemplateValue) -> Bool {
        guard mode != .none, case .object(let object) = value else { return true }
        guard object.isSafeToCall, !object.altersData else { return false }
        return mode != .inspecting || object is any InspectingFunction
    }

    /// Whether a name that the value has no attribute for is nevertheless one that it has in Python, so that the use of it is
    /// a matter of security: `value.__class__`.
    func isHiddenAttribute(_ value: TemplateValue, _ name: String) -> Bool {
        guard mode != .none, name.utf8.starts(with: "__".utf8) else { return false }
        if case .undefined = value { return false }
        return Self.pythonAttributes.contains(TemplateName(text: name))
    }

    /// What an attribute that may not be read evaluates to: an undefined value whose use is a `SecurityError`.
    func unsafeAttribute(
        _ value: TemplateValue, _ name: String, in environment: TemplateEnvironment
    ) throws -> TemplateValue {
        let attribute = try TemplateValue.string(name).representation
        return .undefined(
            TemplateUndefined(
                .hint("access to attribute \(attribute) of '\(value.typeName)' object is unsafe."),
                kind: environment.options.undefined, errorKind: .security, log: environment.options.undefinedLog))
    }

    /// What a call that may not be made throws.
    func unsafeCall(_ value: TemplateValue) throws -> TemplateError {
        TemplateError(.security, "\(try value.representation) is not safely callable")
    }

    /// Refuses a `range` of more than `limit` values, in the words of Jinja's sandbox.
    static func checkRange(count: Int, limit: Int) throws {
        guard count > limit else { return }
        throw TemplateError(
            .overflow, "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(limit)).")
    }

    /// Refuses arguments that `str.format_map` does not take, in the words of Jinja's sandbox.
    ///
    /// The fields of a format are read with ``TemplateEnvironment``'s look-up of attributes and items, so that what a template
    /// may not reach by `.` it does not reach by `"{0.…}".format(…)` either.
    func checkFormatMap(_ arguments: TemplateArguments) throws {
        guard mode != .none else { return }
        guard arguments.named.isEmpty else {
            throw TemplateError(.typeError, "format_map() takes no keyword arguments")
        }
        guard arguments.positional.count == 1 else {
            throw TemplateError(
                .typeError, "format_map() takes exactly one argument (\(arguments.positional.count) given)")
        }
    }

    /// Whether the method `name` changes the list or dictionary that it belongs to. Jinja's `modifies_known_mutable`.
    static func modifies(_ value: TemplateValue, _ name: String) -> Bool {
        switch value {
        case .list: isOne(of: listMutators, name)
        case .dict: isOne(of: dictMutators, name)
        case .object(let object as StandIn):
            switch object.typeName {
            case "list": isOne(of: listMutators, name)
            default: object.isMapping && isOne(of: dictMutators, name)
            }
        default: false
        }
    }

    private static let listMutators = ["append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"]
    private static let dictMutators = ["clear", "pop", "popitem", "setdefault", "update"]

    private static func isOne(of names: [String], _ name: String) -> Bool {
        names.contains { $0.utf8.elementsEqual(name.utf8) }
    }

    /// The attributes with two underscores that objects, functions and classes have in Python 3.
    private static let pythonAttributes: Set<TemplateName> = Set(
        [
            "__annotations__", "__bases__", "__builtins__", "__call__", "__class__", "__closure__", "__code__",
            "__defaults__", "__delattr__", "__dict__", "__dir__", "__doc__", "__eq__", "__format__", "__func__",
            "__ge__",
            "__getattribute__", "__getstate__", "__globals__", "__gt__", "__hash__", "__init__", "__init_subclass__",
            "__kwdefaults__", "__le__", "__lt__", "__module__", "__mro__", "__name__", "__ne__", "__new__",
            "__qualname__", "__reduce__", "__reduce_ex__", "__repr__", "__self__", "__setattr__", "__sizeof__",
            "__str__", "__subclasses__", "__subclasshook__",
        ].map(TemplateName.init(text:)))
}

/// A function that only looks: it neither runs code of the program nor changes anything but what it returns.
package protocol InspectingFunction: TemplateObject {}

extension BuiltinFunction: InspectingFunction {}
extension TemplateMethod: InspectingFunction {}
