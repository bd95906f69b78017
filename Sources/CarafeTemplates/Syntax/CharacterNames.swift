/// Finds characters by their Unicode names, for `"\N{EM DASH}"`.
enum CharacterNames {
    /// The character whose name or alias is `name`, in capitals or not.
    static func scalar(named name: String) -> Unicode.Scalar? {
        let name = uppercased(name)
        let hash = hash(of: name)
        // The first entry of that hash, by halves.
        var (low, high) = (0, table.count)
        while low < high {
            let middle = (low + high) / 2
            if table[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        while low < table.count, table[low].hash == hash {
            if let scalar = Unicode.Scalar(table[low].scalar), has(scalar, name) { return scalar }
            low += 1
        }
        return nil
    }

    /// The hashes of all names, sorted: two megabytes, made in a fraction of a second when the first such escape is met.
    private static let table: [(hash: UInt64, scalar: UInt32)] = {
        var table: [(hash: UInt64, scalar: UInt32)] = []
        for value in UInt32(0)...0x10FFFF {
            guard let properties = Unicode.Scalar(value)?.properties else { continue }
            if let name = properties.name { table.append((hash(of: name), value)) }
            if let alias = properties.nameAlias { table.append((hash(of: alias), value)) }
        }
        return table.sorted { ($0.hash, $0.scalar) < ($1.hash, $1.scalar) }
    }()

    private static func has(_ scalar: Unicode.Scalar, _ name: String) -> Bool {
        [scalar.properties.name, scalar.properties.nameAlias].contains { $0?.utf8.elementsEqual(name.utf8) ?? false }
    }

    /// FNV-1a.
    private static func hash(of name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static func uppercased(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, as: UTF8.self)
    }
}
