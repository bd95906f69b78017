import CarafeServer

/// Whether secrets are kept out of the project's repository.
struct RepositoryCheck {
    private static let subject = "repository"

    let root: String

    func findings() async -> [Finding] {
        guard await git("rev-parse", "--is-inside-work-tree") else {
            return [Finding(.note, Self.subject, "The project is in no git repository.")] + expected
        }
        let newKey = "Make new secrets: whoever has the repository has those in it."
        if await git("ls-files", "--error-unmatch", ".env") {
            return [
                Finding(
                    .error, Self.subject, ".env is in the repository, with its secrets.",
                    hint: "git rm --cached .env; \(Self.ignore)\n\(newKey)", file: ".env")
            ]
        }
        if await !history().isEmpty {
            return [
                Finding(
                    .warning, Self.subject, ".env was in the repository once, and its history keeps it.", hint: newKey,
                    file: ".env")
            ]
        }
        guard await git("check-ignore", "--quiet", ".env") else {
            return [
                Finding(
                    .warning, Self.subject, "git does not ignore .env.", hint: Self.ignore,
                    file: ".gitignore")
            ]
        }
        return [Finding(.fine, Self.subject, "git ignores .env")]
    }

    /// What would be in a repository that is made of the project as it is.
    private var expected: [Finding] {
        let lines = ((try? TextFile.text(of: root + "/.gitignore")) ?? "").utf8
            .split { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 || $0 == 0x09 }
        let ignoring = [".env", "/.env", ".env*", "/.env*", "*.env", "**/.env"]
        guard !lines.contains(where: { line in ignoring.contains { $0.utf8.elementsEqual(line) } }) else { return [] }
        return [
            Finding(
                FilePath.exists(root + "/.env") ? .warning : .note, Self.subject,
                "Nothing keeps .env out of a repository that is made of this folder.", hint: Self.ignore,
                file: ".gitignore")
        ]
    }

    private static let ignore = "echo .env >> .gitignore"

    private func git(_ arguments: String...) async -> Bool {
        (try? await ChildProgram.output(of: "git", ["-C", root] + arguments))?.ending == .exit(0)
    }

    /// The last commit that touched `.env`; empty where there is none.
    private func history() async -> String {
        (try? await ChildProgram.output(of: "git", ["-C", root, "log", "-1", "--format=%h", "--all", "--", ".env"]))?
            .output ?? ""
    }
}
