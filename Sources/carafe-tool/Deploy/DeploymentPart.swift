/// Something that files are written for.
enum DeploymentPart: Hashable, Sendable {
    case docker, compose, swarm, kubernetes, systemd, nginx
    case ci(CIService)
}

/// Who builds and tests what is pushed.
enum CIService: String, CaseIterable, Sendable {
    case github, gitlab, jenkins, travis, circleci

    /// Where the service looks for its file.
    var path: String {
        switch self {
        case .github: ".github/workflows/ci.yml"
        case .gitlab: ".gitlab-ci.yml"
        case .jenkins: "Jenkinsfile"
        case .travis: ".travis.yml"
        case .circleci: ".circleci/config.yml"
        }
    }

    /// The file that it is made from.
    var template: String {
        switch self {
        case .jenkins: "ci/Jenkinsfile"
        case .github, .gitlab, .travis, .circleci: "ci/\(rawValue).yml"
        }
    }
}

/// The name of an image in a registry.
struct ImageName: Equatable, Sendable {
    let repository: String
    var tag = "latest"

    init(repository: String) { self.repository = repository }

    /// `registry.example.com:5000/shop/web:1.2.3`; nil for what is no name.
    init?(_ text: String) {
        let colon = text.utf8.lastIndex(of: UInt8(ascii: ":"))
        let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
        if let colon, slash.map({ $0 < colon }) ?? true {
            repository = String(text[..<colon])
            tag = String(text[text.utf8.index(after: colon)...])
        } else {
            repository = text
        }
        let parts = repository.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isComponent), Self.isTag(tag) else { return nil }
    }

    private static func isComponent(_ part: Substring.UTF8View.SubSequence) -> Bool {
        guard let first = part.first, isLetterOrDigit(first) else { return false }
        return part.allSatisfy { isLetterOrDigit($0) || "._-:".utf8.contains($0) }
    }

    private static func isTag(_ tag: String) -> Bool {
        (1...128).contains(tag.utf8.count)
            && tag.utf8.allSatisfy { byte in
                isLetterOrDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || "._-".utf8.contains(byte)
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// The names of hosts.
enum HostName {
    /// Letters, digits and hyphens in labels between dots (RFC 1123 §2.1).
    static func isValid(_ name: String) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
                }
        }
    }
}
