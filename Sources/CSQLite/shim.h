#include <sqlite3.h>

/* sqlite3_db_config takes arguments of any type, which Swift cannot call. */

/* In SELECT, INSERT, UPDATE and DELETE an unknown name in double quotes becomes an error instead of a text. */
static inline int carafe_sqlite3_strict_names(sqlite3 *database) {
#ifdef SQLITE_DBCONFIG_DQS_DML
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
#else
    return SQLITE_OK;
#endif
}

/* The text or blob is copied: SQLITE_TRANSIENT is a cast that Swift does not import. */
static inline int carafe_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int carafe_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}
