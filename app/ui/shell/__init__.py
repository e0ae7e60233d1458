"""The window itself: start, navigation, menus, files, status line, help, errors."""
