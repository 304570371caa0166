CREATE TABLE "paper_facts" (
	"name" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"fields" jsonb NOT NULL,
	"fetched_at" bigint NOT NULL,
	CONSTRAINT "paper_facts_name_source_pk" PRIMARY KEY("name","source")
);
--> statement-breakpoint
CREATE TABLE "paper_versions" (
	"arxiv_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"title" text COLLATE "C",
	"abstract" text COLLATE "C",
	CONSTRAINT "paper_versions_arxiv_id_version_pk" PRIMARY KEY("arxiv_id","version")
);
--> statement-breakpoint
CREATE TABLE "paper_corrections" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"fields" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"undoes" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "lookups" (
	"name" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"tries" integer NOT NULL,
	"next_at" bigint NOT NULL,
	"error" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "lookups_name_source_pk" PRIMARY KEY("name","source")
);
--> statement-breakpoint
CREATE TABLE "outside_answers" (
	"url" text COLLATE "C" PRIMARY KEY NOT NULL,
	"etag" text COLLATE "C",
	"last_modified" text COLLATE "C",
	"content_type" text COLLATE "C" NOT NULL,
	"body" "bytea" NOT NULL,
	"fetched_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outside_hosts" (
	"host" text COLLATE "C" PRIMARY KEY NOT NULL,
	"holder" text COLLATE "C",
	"until" bigint NOT NULL,
	"next_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "same_as" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "paper_corrections" ADD CONSTRAINT "paper_corrections_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_corrections" ADD CONSTRAINT "paper_corrections_paper_papers_id_fk" FOREIGN KEY ("paper") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_corrections_paper" ON "paper_corrections" USING btree ("paper","at");--> statement-breakpoint
CREATE INDEX "lookups_due" ON "lookups" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "outside_answers_at" ON "outside_answers" USING btree ("fetched_at");--> statement-breakpoint
CREATE INDEX "papers_by_arxiv" ON "papers" USING btree ("arxiv_id");--> statement-breakpoint
CREATE INDEX "papers_by_doi" ON "papers" USING btree ("doi");--> statement-breakpoint
CREATE INDEX "papers_same" ON "papers" USING btree ("same_as");