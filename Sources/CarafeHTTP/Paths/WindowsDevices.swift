/// The names that are devices in every folder of Windows, whatever their extension.
enum WindowsDevices {
    private static let names: Set<[UInt8]> = {
        var names: Set<String> = ["aux", "con", "conin$", "conout$", "nul", "prn"]
        for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"] {
            names.insert("com" + digit)
            names.insert("lpt" + digit)
        }
        return Set(names.map { Array($0.utf8) })
    }()

    /// Whether a file of that name would be a device: the part before the first dot counts, spaces around it and
    /// case do not.
    static func contain(_ filename: some Collection<UInt8>) -> Bool {
        let stem = filename.prefix { $0 != 0x2E }.map { FieldSyntax.lowercased($0) }
        return names.contains(Array(stem[FieldSyntax.trimmed(stem)]))
    }
}
