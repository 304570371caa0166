CREATE TABLE "meta" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "probes" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"data" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "doc_updates" ADD COLUMN "sum" bigint;--> statement-breakpoint
ALTER TABLE "doc_snapshots" ADD COLUMN "sum" bigint;