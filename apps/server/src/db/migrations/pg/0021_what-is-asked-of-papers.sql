DROP INDEX "board_papers_paper";--> statement-breakpoint
DROP INDEX "votes_paper";--> statement-breakpoint
CREATE INDEX "board_papers_paper" ON "board_papers" USING btree ("group_id","paper","day","added_by");--> statement-breakpoint
CREATE INDEX "votes_paper" ON "votes" USING btree ("group_id","paper","member","value");