import Testing

@testable import CarafeSQL

@Suite("Alembic's files")
struct AlembicFileReaderTests {
    @Test("a file as Alembic writes it says which revision it is")
    func usual() throws {
        let (revision, problems) = AlembicFileReader.read(
            #"""
            """create account table

            Revision ID: 1975ea83b712
            Revises: ae1027a6acf
            Create Date: 2026-11-08 11:40:27.089406

            """
            from typing import Sequence, Union

            from alembic import op
            import sqlalchemy as sa


            # revision identifiers, used by Alembic.
            revision: str = '1975ea83b712'
            down_revision: Union[str, Sequence[str], None] = 'ae1027a6acf'
            branch_labels: Union[str, Sequence[str], None] = None
            depends_on: Union[str, Sequence[str], None] = None


            def upgrade() -> None:
                """Upgrade schema."""
                revision = 'not this one'
                op.create_table('account', sa.Column('id', sa.Integer(), nullable=False))
            """#, file: "versions/1975ea83b712_create_account_table.py")
        #expect(problems.isEmpty)
        #expect(revision?.id == "1975ea83b712")
        #expect(revision?.message == "create account table")
        #expect(revision?.downRevisions == ["ae1027a6acf"])
        #expect(revision?.branchLabels == [])
        #expect(revision?.created == "2026-11-08 11:40:27.089406")
        #expect(revision?.isPython == true)
    }

    @Test(
        "variables are read however they are written",
        arguments: [
            ("revision = \"a1\"\ndown_revision = None", []),
            ("revision='a1';x=1\ndown_revision=('b1','b2')", ["b1", "b2"]),
            ("revision = 'a1'\r\ndown_revision = (\r\n  'b1',  # the first\r\n  \"b2\"\r\n)\r\n", ["b1", "b2"]),
            ("revision = r'a1'\ndown_revision = ['b1']", ["b1"]),
            (
                "# revision = 'x'\nx = \"\"\"\nrevision = 'y'\n\"\"\"\nrevision = \\\n  'a1'\ndown_revision = 'b1'",
                ["b1"]
            ),
            ("if True:\n    revision = 'x'\nrevision = 'a1'\ndown_revision = 'b1'", ["b1"]),
            ("revision = 'a1'\ndown_revision = 'b1'\ndef f():\n  return 'it", ["b1"]),
        ])
    func ways(text: String, downRevisions: [String]) {
        let (revision, problems) = AlembicFileReader.read(text, file: "a1.py")
        #expect(problems.isEmpty)
        #expect(revision?.id == "a1")
        #expect(revision?.downRevisions == downRevisions)
    }

    @Test(
        "a file that is no migration is a problem",
        arguments: [
            "", "x = 1", "revision = None", "revision = f()", "revision = 'a b'", "'''", "\\", "revision = '", "(\"\\",
        ])
    func others(text: String) {
        let (revision, problems) = AlembicFileReader.read(text, file: "a1.py")
        #expect(revision == nil)
        #expect(problems.count == 1)
    }
}
