CREATE TABLE "calendar_entries" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"fingerprint" text COLLATE "C" NOT NULL,
	"sequence" integer NOT NULL,
	"changed_at" bigint NOT NULL
);
