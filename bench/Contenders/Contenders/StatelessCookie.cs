namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication as it comes: the whole ticket travels, encrypted, in the cookie, and nobody can revoke it.</summary>
internal sealed class StatelessCookie : CookieContender;
