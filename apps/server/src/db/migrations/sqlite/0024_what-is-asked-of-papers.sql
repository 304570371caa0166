DROP INDEX `board_papers_paper`;--> statement-breakpoint
CREATE INDEX `board_papers_paper` ON `board_papers` (`group_id`,`paper`,`day`,`added_by`);--> statement-breakpoint
DROP INDEX `votes_paper`;--> statement-breakpoint
CREATE INDEX `votes_paper` ON `votes` (`group_id`,`paper`,`member`,`value`);