public import CarafeRouting

/// The variables of a matched rule with their values, in the order of the rule; those of its defaults follow.
public struct PathValues: Sendable {
    package private(set) var names: [String]
    package private(set) var values: [RoutingValue]

    init(names: [String] = [], values: [RoutingValue] = []) {
        self.names = names
        self.values = values
    }

    /// The value of a variable; setting nil takes it out, so that handlers do not get it.
    public subscript(name: String) -> RoutingValue? {
        get { names.firstIndex { $0 == name }.map { values[$0] } }
        set {
            let place = names.firstIndex { $0 == name }
            switch (place, newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil):
                names.remove(at: place)
                values.remove(at: place)
            case (nil, let value?):
                names.append(name)
                values.append(value)
            case (nil, nil): break
            }
        }
    }

    /// Takes a variable out and returns its value, for preprocessors.
    public mutating func remove(_ name: String) -> RoutingValue? {
        let value = self[name]
        self[name] = nil
        return value
    }
}
