CREATE TABLE "meeting_notes" (
	"meeting" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	CONSTRAINT "meeting_notes_meeting_note_pk" PRIMARY KEY("meeting","note")
);
--> statement-breakpoint
ALTER TABLE "meeting_notes" ADD CONSTRAINT "meeting_notes_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_notes" ADD CONSTRAINT "meeting_notes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "meeting_notes_group" ON "meeting_notes" USING btree ("group_id","note");