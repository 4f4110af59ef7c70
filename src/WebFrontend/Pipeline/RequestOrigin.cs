namespace OrleansSessions.WebFrontend;

/// <summary>What a request that changes something says of the site that made the browser send it.</summary>
internal enum RequestOrigin
{
    /// <summary>Nothing: no browser, and so nobody's cookie but its own.</summary>
    Unstated,

    /// <summary>This site, in the browser's own word.</summary>
    Own,

    /// <summary>The browser declines to say (<c>Origin: null</c>): a page under a strict referrer policy, such as ours, or anything else.</summary>
    Undisclosed,

    /// <summary>Another site.</summary>
    Foreign,
}
