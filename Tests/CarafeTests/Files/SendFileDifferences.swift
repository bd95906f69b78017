/// Where we answer otherwise than Flask, on purpose.
struct SendFileDifference {
    let reason: String
    let concerns: @Sendable (SendFileVector) -> Bool
    let change: @Sendable (inout SendFileVector.Answer) -> Void

    static let all: [SendFileDifference] = []
}
