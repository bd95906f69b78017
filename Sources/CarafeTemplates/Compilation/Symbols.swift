/// A variable of a template's code: one slot of the frames of one code unit.
final class Variable {
    let unit: CodeUnit
    let slot: Int
    let name: String

    init(unit: CodeUnit, slot: Int, name: String) {
        self.unit = unit
        self.slot = slot
        self.name = name
    }
}

/// Code with frames of its own: the body of a template, a block, a macro or a recursive loop. Python would call it a function.
final class CodeUnit {
    /// The unit that this one is written in and whose variables it sees; nil for templates and blocks.
    let outer: CodeUnit?
    private(set) var slotCount = 0
    private var variables: [Key: Variable] = [:]

    private struct Key: Hashable {
        var scope: Int
        var name: String
    }

    init(outer: CodeUnit? = nil) {
        self.outer = outer
    }

    /// The variable `name` of the scopes with the number `scope`: sibling scopes share it, as they do in Jinja's code.
    func variable(_ name: String, scope: Int) -> Variable {
        let key = Key(scope: scope, name: name)
        if let variable = variables[key] { return variable }
        let variable = Variable(unit: self, slot: slotCount, name: name)
        slotCount += 1
        variables[key] = variable
        return variable
    }

    /// The names of the slots, those of inner scopes behind those of the scopes around them.
    var slotNames: [(name: String, slot: Int)] {
        // Scopes with numbers of their own, which are negative, are inside of all others.
        variables.sorted { ($0.key.scope < 0 ? .max : $0.key.scope) < ($1.key.scope < 0 ? .max : $1.key.scope) }
            .map { ($0.key.name, $0.value.slot) }
    }

    /// How many frames out of this unit's the frame of `unit` is.
    func distance(to unit: CodeUnit) -> Int {
        var distance = 0
        var current = self
        while current !== unit, let outer = current.outer {
            distance += 1
            current = outer
        }
        return distance
    }
}

/// The names of one scope and what they mean there. It follows Jinja's `idtracking.Symbols` step by step, because what a name
/// means in a template depends on the order in which it is read and set.
final class Symbols {
    /// What a variable holds when its scope is entered.
    enum Load {
        /// What was put there before: a parameter, a loop's target.
        case parameter
        /// The context's variable of that name.
        case resolve
        /// The value of an outer scope's variable.
        case alias(Variable)
        case undefined
    }

    let level: Int
    let parent: Symbols?
    let unit: CodeUnit
    private(set) var references: [String: Variable] = [:]
    private(set) var loads: [(variable: Variable, load: Load)] = []
    /// Where in ``loads`` a variable is.
    private var loadIndexes: [ObjectIdentifier: Int] = [:]
    private(set) var stores: Set<String> = []

    init(parent: Symbols? = nil, unit: CodeUnit, level: Int? = nil) {
        self.parent = parent
        self.unit = unit
        self.level = level ?? parent.map { $0.level + 1 } ?? 0
    }

    func copy() -> Symbols {
        let copy = Symbols(parent: parent, unit: unit, level: level)
        copy.references = references
        copy.loads = loads
        copy.loadIndexes = loadIndexes
        copy.stores = stores
        return copy
    }

    /// The variable that `name` means here, if any scope around knows the name.
    func find(_ name: String) -> Variable? {
        var scope: Symbols? = self
        while let current = scope {
            if let variable = current.references[name] { return variable }
            scope = current.parent
        }
        return nil
    }

    /// What a variable of this scope holds when it is entered.
    func load(of variable: Variable) -> Load? {
        loadIndexes[ObjectIdentifier(variable)].map { loads[$0].load }
    }

    func load(_ name: String) {
        if find(name) == nil { define(name, .resolve) }
    }

    func store(_ name: String) {
        stores.insert(name)
        guard references[name] == nil else { return }
        if let outer = parent?.find(name) {
            define(name, .alias(outer))
        } else {
            define(name, .undefined)
        }
    }

    @discardableResult
    func declareParameter(_ name: String) -> Variable {
        stores.insert(name)
        return define(name, .parameter)
    }

    /// Takes over what the branches of an `if`, each analysed on a copy of this scope, found out.
    func update(fromBranches branches: [Symbols]) {
        var stored: Set<String> = []
        for branch in branches { stored.formUnion(branch.stores) }
        stored.subtract(stores)
        for branch in branches {
            references.merge(branch.references) { _, new in new }
            for (variable, load) in branch.loads { setLoad(variable, load) }
            stores.formUnion(branch.stores)
        }
        for name in stored.sorted() {
            guard let variable = find(name) else { continue }
            if let outer = parent?.find(name) {
                setLoad(variable, .alias(outer))
            } else {
                setLoad(variable, .resolve)
            }
        }
    }

    /// All names that are set in this scope and those around it, with the variables that hold them here.
    func storedVariables() -> [(name: String, variable: Variable)] {
        var names: Set<String> = []
        var scope: Symbols? = self
        while let current = scope {
            names.formUnion(current.stores)
            scope = current.parent
        }
        return names.sorted().compactMap { name in find(name).map { (name, $0) } }
    }

    @discardableResult
    private func define(_ name: String, _ load: Load) -> Variable {
        let variable = unit.variable(name, scope: level)
        references[name] = variable
        setLoad(variable, load)
        return variable
    }

    private func setLoad(_ variable: Variable, _ load: Load) {
        if let index = loadIndexes[ObjectIdentifier(variable)] {
            loads[index].load = load
        } else {
            loadIndexes[ObjectIdentifier(variable)] = loads.count
            loads.append((variable, load))
        }
    }
}
