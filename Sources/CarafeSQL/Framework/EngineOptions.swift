import Carafe

/// What Flask-SQLAlchemy's `SQLALCHEMY_ENGINE_OPTIONS`, or an object among its `SQLALCHEMY_BINDS`, says of the pool.
struct EngineOptions {
    /// Options that mean nothing here.
    private(set) var ignored: [String] = []

    /// Changes `pool` as `options` say, an object of SQLAlchemy's `create_engine` arguments.
    ///
    /// - Throws: ``ConfigurationProblem`` where a value has the wrong type
    init(_ options: JSONValue?, key: String, changing pool: inout PoolConfiguration) throws(ConfigurationProblem) {
        guard let options, options != .null else { return }
        guard case .object(let options) = options else { throw Self.mistake(key, "an object") }
        for (name, value) in options {
            let place = "\(key)[\"\(name)\"]"
            switch name {
            case "pool_size": pool.size = Int(try Self.number(value, place, 0...10_000))
            case "max_overflow":
                // -1 is without limit there; here a database's own limit is the next.
                let overflow = try Self.number(value, place, -1...10_000)
                pool.overflow = overflow < 0 ? 10_000 : Int(overflow)
            case "pool_timeout": pool.waitTimeout = .seconds(try Self.number(value, place, 0...86_400))
            case "pool_recycle":
                let seconds = try Self.number(value, place, -1...Double(Int32.max))
                pool.recycle = seconds < 0 ? nil : .seconds(seconds)
            case "pool_pre_ping":
                guard case .bool(let pings) = value else { throw Self.mistake(place, "true or false") }
                if pings { pool.pingAfter = .zero }
            case "url", "echo": break
            default: ignored.append(name)
            }
        }
    }

    private static func number(
        _ value: JSONValue, _ place: String, _ range: ClosedRange<Double>
    ) throws(ConfigurationProblem) -> Double {
        let number: Double? =
            switch value {
            case .int(let int): Double(int)
            case .double(let double): double
            default: nil
            }
        guard let number, range.contains(number) else {
            throw mistake(place, "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
        }
        return number
    }

    private static func mistake(_ place: String, _ expected: String) -> ConfigurationProblem {
        ConfigurationProblem(
            "The configuration value \(place) is not \(expected).", hint: "Correct it, or leave it away.")
    }
}
