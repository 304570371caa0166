// What drizzle-kit compares with the migrations. It wants each table as an export of its own.
module.exports = require('../src/db/tables.ts').pgTables
