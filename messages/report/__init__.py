"""The credit report (信用报告): its contents, its layout, and the shelf that it is kept on."""
