CREATE TABLE "paper_tags" (
	"group_id" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C" NOT NULL,
	"tagged_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "paper_tags_group_id_paper_tag_pk" PRIMARY KEY("group_id","paper","tag")
);
--> statement-breakpoint
CREATE TABLE "opened_papers" (
	"group_id" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "opened_papers_group_id_person_paper_pk" PRIMARY KEY("group_id","person","paper")
);
--> statement-breakpoint
CREATE TABLE "citation_keys" (
	"group_id" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	CONSTRAINT "citation_keys_group_id_paper_pk" PRIMARY KEY("group_id","paper")
);
--> statement-breakpoint
ALTER TABLE "paper_tags" ADD CONSTRAINT "paper_tags_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opened_papers" ADD CONSTRAINT "opened_papers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opened_papers" ADD CONSTRAINT "opened_papers_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citation_keys" ADD CONSTRAINT "citation_keys_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_tags_tag" ON "paper_tags" USING btree ("group_id","tag");--> statement-breakpoint
CREATE UNIQUE INDEX "citation_keys_key" ON "citation_keys" USING btree ("group_id","key");