#ifndef CSQLITESHIM_H
#define CSQLITESHIM_H

#include <sqlite3.h>

/// Forbids SQL to write to shadow tables, to the schema table and to the page header of a database, so that a hostile file cannot make it do so.
///
/// `sqlite3_db_config` takes variable arguments, which Swift cannot pass. Returns an SQLite result code.
static inline int lede_sqlite_set_defensive(sqlite3 *database) {
#ifdef SQLITE_DBCONFIG_DEFENSIVE
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
#else
  return SQLITE_OK;
#endif
}

#endif
