CREATE TABLE "session_papers" (
	"group_id" text COLLATE "C" NOT NULL,
	"session_key" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"position" double precision NOT NULL,
	"part" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "session_papers_group_id_session_key_paper_pk" PRIMARY KEY("group_id","session_key","paper")
);
--> statement-breakpoint
CREATE TABLE "session_guests" (
	"group_id" text COLLATE "C" NOT NULL,
	"session_key" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C",
	"at" bigint NOT NULL,
	CONSTRAINT "session_guests_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
CREATE TABLE "plan_changes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"session_key" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"changed_by" text COLLATE "C",
	"root" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "reading_notes" (
	"group_id" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"reading_key" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "reading_notes_group_id_person_reading_key_pk" PRIMARY KEY("group_id","person","reading_key")
);
--> statement-breakpoint
ALTER TABLE "readings" ALTER COLUMN "paper" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "readings" ADD COLUMN "session_key" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "session_papers" ADD CONSTRAINT "session_papers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_guests" ADD CONSTRAINT "session_guests_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_changes" ADD CONSTRAINT "plan_changes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_notes" ADD CONSTRAINT "reading_notes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_notes" ADD CONSTRAINT "reading_notes_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_guests_session" ON "session_guests" USING btree ("group_id","session_key");--> statement-breakpoint
CREATE INDEX "plan_changes_session" ON "plan_changes" USING btree ("group_id","session_key","at");--> statement-breakpoint
ALTER TABLE "group_sessions" DROP COLUMN "papers";--> statement-breakpoint
ALTER TABLE "group_sessions" DROP COLUMN "guests";