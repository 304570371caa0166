ALTER TABLE "papers" ADD COLUMN "venue" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "published" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "subjects" jsonb DEFAULT '[]'::jsonb NOT NULL;