import Testing

@testable import CarafeServer

@Suite struct WorkerMessagesTests {
    @Test(
        "a report is read as it was written",
        arguments: [
            .ready, .leaving(.requests), .leaving(.signal),
            .alive(WorkerVitals(silence: 1, connections: 2, requests: 3, served: Int.max)),
        ] as [WorkerReport])
    func reports(report: WorkerReport) { #expect(WorkerReport(report.text) == report) }

    @Test("an order is read as it was written", arguments: [.drain(after: 5000), .stop, .reopenLogs] as [WorkerOrder])
    func orders(order: WorkerOrder) { #expect(WorkerOrder(order.text) == order) }

    @Test(
        "text that is no message is none",
        arguments: [
            "", "ready now", "alive 1 2 3", "alive 1 2 3 x", "alive 1 2 3 -4", "leaving", "leaving us", "drain",
            "drain -1", "drain 99999999999999999999", "stop it",
        ])
    func nonsense(text: String) {
        #expect(WorkerReport(text) == nil)
        #expect(WorkerOrder(text) == nil)
    }

    @Test("a handover is read as it was written")
    func handover() {
        var handover = Handover(wanted: 3)
        handover.sockets = [.init(descriptor: 4, path: nil), .init(descriptor: 5, path: "/run/with a space.sock")]
        handover.signals = [1, 15]
        handover.workers = [
            .init(number: 9, process: 4711, link: 12, isServing: true),
            .init(number: 10, process: 4712, link: 13, isServing: false),
        ]
        #expect(Handover(handover.text) == handover)
        handover.control = 7
        #expect(Handover(handover.text) == handover)
    }

    @Test(
        "a handover of another form, or without sockets, is none",
        arguments: [
            "", "handover-2\nwanted 1\nsocket 4 ", "handover-1\nwanted 1", "handover-1\nwanted 0\nsocket 4 ",
            "handover-1\nwanted 1\nsocket 4 \nworker 1 0 5 serving", "handover-1\nwanted 1\nsocket 4 \nnews 1",
        ])
    func wrongHandover(text: String) { #expect(Handover(text) == nil) }
}
