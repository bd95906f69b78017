/// What a function, filter, test or macro is called with: `f(1, 2, name=3)`.
public struct TemplateArguments: Sendable {
    /// The values by position.
    public var positional: [TemplateValue]
    /// The values by name, in the order in which they were written. No name is there twice.
    public var named: [(name: String, value: TemplateValue)]

    /// These values, by position and by name.
    public init(_ positional: [TemplateValue] = [], named: [(name: String, value: TemplateValue)] = []) {
        self.positional = positional
        self.named = named
    }

    /// No arguments.
    public static let none = TemplateArguments()

    /// The value at `position`, or under `name`, or nil.
    public func value(_ position: Int, _ name: String) -> TemplateValue? {
        if position < positional.count { return positional[position] }
        return named.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
