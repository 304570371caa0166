CREATE TABLE `meeting_notes` (
	`meeting` text NOT NULL,
	`group_id` text NOT NULL,
	`note` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`meeting`, `note`),
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `meeting_notes_group` ON `meeting_notes` (`group_id`,`note`);