/// What refers to other values: a step of the search for containers that hold themselves.
protocol ValueHolder: AnyObject {
    /// All values that it refers to.
    var held: HeldValues { get }
}

/// The values that something refers to, in the arrays that it shares with others, or by itself.
struct HeldValues {
    var arrays: [[TemplateValue]] = []
    var entries: [[TemplateDictStorage.Entry]] = []
    var values: [TemplateValue] = []

    /// How many there are.
    var count: Int {
        arrays.reduce(0) { $0 + $1.count } + entries.reduce(0) { $0 + $1.count } + values.count
    }

    func forEach(_ body: (TemplateValue) -> Void) {
        for array in arrays { array.forEach(body) }
        for entries in entries {
            for entry in entries {
                body(entry.key)
                body(entry.value)
            }
        }
        values.forEach(body)
    }
}

extension TemplateTuple: ValueHolder {
    var held: HeldValues { HeldValues(arrays: [elements]) }
}

extension TemplateUndefined: ValueHolder {
    var held: HeldValues {
        if case .element(_, _, let name) = subject { HeldValues(values: [name]) } else { HeldValues() }
    }
}

extension TemplateNamespace: ValueHolder {
    var held: HeldValues { HeldValues(values: [.dict(attributes)]) }
}

extension GroupTuple: ValueHolder {
    var held: HeldValues { HeldValues(values: [tuple]) }
}

extension Cycler: ValueHolder {
    var held: HeldValues { HeldValues(values: [.tuple(items)]) }
}

extension TemplateDictView: ValueHolder {
    var held: HeldValues { HeldValues(values: [.dict(dict)]) }
}

extension TemplateMethod: ValueHolder {
    var held: HeldValues { HeldValues(values: [receiver]) }
}

extension BoundFunction: ValueHolder {
    var held: HeldValues { HeldValues(values: [.object(receiver)]) }
}

extension TemplateValue {
    /// What the value refers to, if it may refer to other values.
    var reference: AnyObject? {
        switch self {
        case .list(let list): list
        case .tuple(let tuple): tuple
        case .dict(let dict): dict
        case .object(let object): object
        case .undefined(let undefined): undefined
        default: nil
        }
    }
}
