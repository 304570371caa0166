CREATE TABLE "meeting_papers" (
	"meeting" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"place" integer,
	"spent" bigint NOT NULL,
	"carried" integer NOT NULL,
	"votes_from" bigint NOT NULL,
	"proposer" text COLLATE "C",
	CONSTRAINT "meeting_papers_meeting_paper_pk" PRIMARY KEY("meeting","paper")
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"meeting" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"facts" jsonb NOT NULL,
	"generated" text COLLATE "C" NOT NULL,
	"edited" text COLLATE "C",
	"edited_by" text COLLATE "C",
	"edited_at" bigint,
	"plain" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"mail_at" bigint NOT NULL,
	"mailed_at" bigint
);
--> statement-breakpoint
ALTER TABLE "meeting_papers" ADD CONSTRAINT "meeting_papers_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_papers" ADD CONSTRAINT "meeting_papers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "meeting_papers_paper" ON "meeting_papers" USING btree ("group_id","paper");--> statement-breakpoint
CREATE INDEX "minutes_group" ON "minutes" USING btree ("group_id","made_at");--> statement-breakpoint
UPDATE "meetings" SET "rule" = "rule" || jsonb_build_object('votes', coalesce(least(("rule"->>'votes')::int, 50), 3), 'most', 6);
