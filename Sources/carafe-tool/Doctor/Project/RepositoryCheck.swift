import CarafeServer

/// Whether secrets are kept out of the project's repository.
struct RepositoryCheck {
    private static let subject = "repository"

    let root: String

    func findings() async -> [Finding] {
        guard await git("rev-parse", "--is-inside-work-tree") else {
            return [Finding(.note, Self.subject, "The project is in no git repository.")]
        }
        let newKey = "Make new secrets: whoever has the repository has those in it."
        if await git("ls-files", "--error-unmatch", ".env") {
            return [
                Finding(
                    .error, Self.subject, ".env is in the repository, with its secrets.",
                    hint: "git rm --cached .env; echo .env >> .gitignore\n\(newKey)", file: ".env")
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
                    .warning, Self.subject, "git does not ignore .env.", hint: "echo .env >> .gitignore",
                    file: ".gitignore")
            ]
        }
        return [Finding(.fine, Self.subject, "git ignores .env")]
    }

    private func git(_ arguments: String...) async -> Bool {
        (try? await ChildProgram.output(of: "git", ["-C", root] + arguments))?.ending == .exit(0)
    }

    /// The last commit that touched `.env`; empty where there is none.
    private func history() async -> String {
        (try? await ChildProgram.output(of: "git", ["-C", root, "log", "-1", "--format=%h", "--all", "--", ".env"]))?
            .output ?? ""
    }
}
