CREATE TABLE `meeting_papers` (
	`meeting` text NOT NULL,
	`group_id` text NOT NULL,
	`paper` text NOT NULL,
	`state` text NOT NULL,
	`place` integer,
	`spent` integer NOT NULL,
	`carried` integer NOT NULL,
	`votes_from` integer NOT NULL,
	`proposer` text,
	PRIMARY KEY(`meeting`, `paper`),
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `meeting_papers_paper` ON `meeting_papers` (`group_id`,`paper`);--> statement-breakpoint
CREATE TABLE `minutes` (
	`meeting` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`facts` text NOT NULL,
	`generated` text NOT NULL,
	`edited` text,
	`edited_by` text,
	`edited_at` integer,
	`plain` text NOT NULL,
	`made_at` integer NOT NULL,
	`mail_at` integer NOT NULL,
	`mailed_at` integer,
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `minutes_group` ON `minutes` (`group_id`,`made_at`);--> statement-breakpoint
UPDATE `meetings` SET `rule` = json_set(`rule`, '$.votes', coalesce(min(json_extract(`rule`, '$.votes'), 50), 3), '$.most', 6);
