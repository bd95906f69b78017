import Foundation
import TestSupport

@testable import carafe_tool

/// What stands in for `swift` where a test is about the development server and not about compiling: a script that
/// describes the package, finds the one mistake that the test makes, and puts an app that is built already in the place of
/// the new one.
struct StandInToolchain {
    /// The app that takes the place of the project's, beside the bundle of the tests.
    static let app = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        .appending(path: "developed-app").path(percentEncoded: false)

    /// The variables with which `carafe dev` finds it.
    let environment: [String: String]

    /// - Parameter folder: where the script is put
    init(in folder: String, root: String) throws {
        try Folder.make(folder)
        try TextFile.write(Self.script, to: folder + "/swift")
        try TextFile.write(Self.package, to: folder + "/package.json")
        chmod(folder + "/swift", 0o755)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment = [
            "PATH": "\(folder):\(path)", "STAND_IN": folder, "STAND_IN_APP": Self.app, "CARAFE_ROOT": root,
        ]
    }

    private static let script = """
        #!/bin/sh
        set -eu
        source="$PWD/Sources/edited/App.swift"
        case "$1" in
        package) cat "$STAND_IN/package.json" ;;
        build)
            scratch=.build
            while [ $# -gt 0 ]; do
                if [ "$1" = --scratch-path ]; then scratch=$2; fi
                shift
            done
            echo "[1/2] Compiling edited App.swift"
            sleep 0.2
            if mistake=$(grep -n retrn "$source"); then
                echo "$source:${mistake%%:*}:5: error: cannot find 'retrn' in scope"
                exit 1
            fi
            mkdir -p "$scratch/debug"
            sed -n 's/.*app.get("\\/edit") { \\(.*\\) }$/\\1/p' "$source" | tr -d '\\n' > "$scratch/debug/edited.answer"
            # Under a new name first: the old app may still be running.
            cp "$STAND_IN_APP" "$scratch/debug/edited.new"
            mv "$scratch/debug/edited.new" "$scratch/debug/edited"
            ;;
        *) exit 64 ;;
        esac

        """

    private static let package = """
        {"name": "edited", "products": [], "dependencies": [], "targets": [
            {"name": "edited", "type": "executable", "path": "Sources/edited",
             "dependencies": [{"product": ["Carafe", "carafe", null, null]}]}]}

        """
}
