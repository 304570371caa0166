CREATE TABLE `guest_links` (
	`meeting` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guest_links_token_unique` ON `guest_links` (`token`);--> statement-breakpoint
CREATE TABLE `guests` (
	`person` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`meeting` text NOT NULL,
	`joined_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `guests_group` ON `guests` (`group_id`);--> statement-breakpoint
CREATE INDEX `guests_meeting` ON `guests` (`meeting`);